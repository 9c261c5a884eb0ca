/** Convolutional networks as encoders of pictures, to the average over all places. */
package org.selfdiff.nn.cnn;
