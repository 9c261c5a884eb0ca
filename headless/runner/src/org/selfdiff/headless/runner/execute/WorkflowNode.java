package org.selfdiff.headless.runner.execute;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.selfdiff.headless.runner.config.ConfigGroup;

/** A node that can be configured and executed, whatever stands behind it. Ports are counted from 0 here. */
public interface WorkflowNode {
    /** Its role, for instance {@code Source} or {@code Learner}; colours the workflow's picture. */
    String role();

    /** What it does, in a sentence. */
    String purpose();

    /** Its icon as a {@code data:} address, if it has one. */
    Optional<String> icon();

    List<Port> inputs();

    List<Port> outputs();

    /** The settings of a fresh node. */
    ConfigGroup defaults();

    /** Takes over settings after checking them. */
    void load(ConfigGroup settings) throws NodeProblem;

    /**
     * Checks the inputs and says what will come out.
     *
     * @param specs one for each input; null where unconnected or not known yet
     * @return one for each output; null where not known yet
     */
    List<Object> configure(List<Object> specs) throws NodeProblem;

    /**
     * Runs the node.
     *
     * @param inputs one for each input; null where unconnected
     * @param files folder for the node's files
     */
    List<Output> execute(List<Output> inputs, Path files, NodeWatch watch) throws NodeProblem;

    /** The warning of the last call, if there was one. */
    Optional<String> warning();
}
