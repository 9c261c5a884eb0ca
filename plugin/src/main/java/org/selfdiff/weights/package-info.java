/**
 * Weights on disk: safetensors, read and written by ourselves with every bound checked, the model card in them, and state
 * dicts that PyTorch wrote.
 */
package org.selfdiff.weights;
