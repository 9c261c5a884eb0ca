/**
 * JPEG 2000 (ITU-T T.800, ISO/IEC 15444-1): codestreams and JP2 files to samples, in plain Java. Slides hold their tiles
 * as bare codestreams. {@link org.selfdiff.imaging.jpeg2000.Jpeg2000} is the entry; the way of the data is header
 * ({@code CodestreamReader}), packets ({@code PacketReader}), code-blocks ({@code BlockDecoder}), wavelets, colours.
 */
package org.selfdiff.imaging.jpeg2000;
