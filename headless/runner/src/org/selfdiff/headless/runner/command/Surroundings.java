package org.selfdiff.headless.runner.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.selfdiff.headless.runner.console.Terminal;
import org.selfdiff.headless.runner.execute.CancelFlag;
import org.selfdiff.headless.runner.execute.NodeCatalogue;

/**
 * What a command finds around it.
 *
 * @param folder the folder the user is in
 * @param root the project's folder; default results go below it
 * @param terminal where to print
 * @param catalogue the nodes that are there
 * @param versions of what takes part in a run
 * @param cancel raised by Ctrl-C
 * @param knimeHome a KNIME installation that should run workflows instead
 */
public record Surroundings(
        Path folder,
        Path root,
        Terminal terminal,
        Supplier<NodeCatalogue> catalogue,
        Map<String, String> versions,
        CancelFlag cancel,
        Optional<Path> knimeHome) {}
