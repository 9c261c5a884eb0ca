package org.selfdiff.headless.runner.workflow;

/**
 * A connection between two nodes. Ports count from 1; port 0 carries flow variables only.
 *
 * @param source id of the node that gives
 * @param sourcePort its output port
 * @param target id of the node that takes
 * @param targetPort its input port
 */
public record Connection(int source, int sourcePort, int target, int targetPort) {
    /** Whether only flow variables and order travel here. */
    public boolean variablesOnly() {
        return sourcePort == 0 || targetPort == 0;
    }
}
