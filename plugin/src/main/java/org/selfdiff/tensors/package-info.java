/**
 * The thin layer on LibTorch: tensors in scopes, scripts compiled from text, seeded noise. Tensors cannot be computed
 * with from Java; all arithmetic is in scripts.
 */
package org.selfdiff.tensors;
