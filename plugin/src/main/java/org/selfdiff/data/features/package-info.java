/** Features of tiles in HDF5 files, one per slide: the layouts of CLAM, TRIDENT and STAMP, and ours, which is TRIDENT's. */
package org.selfdiff.data.features;
