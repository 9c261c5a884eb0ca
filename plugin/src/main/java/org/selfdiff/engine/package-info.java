/**
 * LibTorch: where it is, how it is started, which device is used and by whom. The one place that touches the static
 * state of DJL.
 */
package org.selfdiff.engine;
