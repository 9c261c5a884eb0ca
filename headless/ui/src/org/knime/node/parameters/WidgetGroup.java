package org.knime.node.parameters;

/** Marks classes whose fields are parts of the dialog. */
public interface WidgetGroup {}
