package org.selfdiff.headless.runner.execute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What left a port of an executed node. */
public interface Output {
    /** Its specification, as handed to {@link WorkflowNode#configure}. */
    Object spec();

    /** One line about it. */
    String summary();

    /**
     * Writes it for people: a table as CSV with its pictures beside it, a model as its file.
     *
     * @param folder an existing folder
     * @param name name to use for the file or the sub-folder
     * @return the files written
     */
    List<Path> save(Path folder, String name) throws IOException;
}
