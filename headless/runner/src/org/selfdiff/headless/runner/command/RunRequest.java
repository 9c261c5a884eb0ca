package org.selfdiff.headless.runner.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.selfdiff.headless.runner.execute.Changes;

/**
 * What {@code selfdiff run} was asked to do.
 *
 * @param workflow workflow folder or {@code .knwf} file
 * @param changes variables, settings and device
 * @param out results folder, if the user named one
 * @param save whether to keep results
 * @param threads how many nodes may run at once
 * @param quiet whether to print only warnings, problems and the final table
 * @param notes what to tell the user about options without effect
 */
public record RunRequest(
        Path workflow,
        Changes changes,
        Optional<Path> out,
        boolean save,
        int threads,
        boolean quiet,
        List<String> notes) {}
