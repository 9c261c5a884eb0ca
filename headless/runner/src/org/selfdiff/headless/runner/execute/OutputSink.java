package org.selfdiff.headless.runner.execute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Takes what executed nodes make. */
public interface OutputSink {
    /** Where it goes, for messages. */
    Path place();

    /** The folder of a node: its own files lie there while it runs, its outputs are saved there. */
    Path folder(NodeRun node);

    /** Saves the node's outputs and returns all files that now belong to it. */
    List<Path> save(NodeRun node) throws IOException;
}
