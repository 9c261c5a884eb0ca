package org.selfdiff.headless.runner.workflow;

import java.nio.file.Path;
import java.util.Optional;
import org.selfdiff.headless.runner.config.ConfigGroup;

/**
 * A node as the workflow's folder describes it.
 *
 * @param id number within the workflow
 * @param name the node's name
 * @param label what the user wrote below the node, or empty
 * @param settingsFile file it was read from
 * @param factory class name of its factory
 * @param bundle symbolic name of the plug-in that brings it, or empty
 * @param model its settings; empty means defaults
 * @param overrides tree that says which settings flow variables replace or expose
 * @param creation which ports the user added ({@code node_creation_config})
 * @param x left edge of the node's box on the canvas, in pixels
 * @param y upper edge
 * @param placed whether the file holds a position
 */
public record NodeEntry(
        int id,
        String name,
        String label,
        Path settingsFile,
        String factory,
        String bundle,
        Optional<ConfigGroup> model,
        Optional<ConfigGroup> overrides,
        Optional<ConfigGroup> creation,
        int x,
        int y,
        boolean placed) {
    /** For messages: {@code Tiler (#2)}. */
    public String title() {
        return name + " (#" + id + ")";
    }
}
