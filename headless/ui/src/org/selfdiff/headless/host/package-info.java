/**
 * Puts nodes on a canvas without KNIME: one {@link org.selfdiff.headless.host.NodeHost} per node. Not part of KNIME's
 * API; for the embedded runner and for tests.
 */
package org.selfdiff.headless.host;
