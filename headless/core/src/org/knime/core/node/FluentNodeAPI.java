package org.knime.core.node;

/** Marks the classes that declare nodes by chained calls. */
public interface FluentNodeAPI {}
