/** Pickles read as data: a stack machine for containers, numbers and texts, with no way to run anything. */
package org.selfdiff.weights.pickle;
