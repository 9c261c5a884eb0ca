package org.knime.node.parameters.persistence;

/** Marks classes whose fields are stored. */
public interface Persistable {}
