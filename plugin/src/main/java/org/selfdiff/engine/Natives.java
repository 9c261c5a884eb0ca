package org.selfdiff.engine;

import java.nio.file.Path;

/**
 * A LibTorch that was found and whose files were checked.
 *
 * @param library folder of LibTorch's libraries
 * @param jni DJL's JNI library
 * @param version version and flavour
 * @param origin who named the folder, for messages
 */
record Natives(Path library, Path jni, LibTorchVersion version, String origin) {}
