package org.selfdiff.headless.runner.execute;

import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.workflow.NodeEntry;
import org.selfdiff.headless.runner.workflow.Workflow;

/** Knows the nodes that are there. */
@FunctionalInterface
public interface NodeCatalogue {
    /**
     * Makes a node.
     *
     * @throws RunnerFailed when nobody offers its factory; names what is missing
     */
    WorkflowNode create(Workflow workflow, NodeEntry entry) throws RunnerFailed;
}
