/** Weights on disk: safetensors, read and written by ourselves with every bound checked, and the model card in them. */
package org.selfdiff.weights;
