/**
 * Doors between the stand-in's packages and the code that hosts nodes. KNIME has nothing of the kind: plug-ins cannot
 * use it, the stand-in's public members are KNIME's only.
 */
package org.selfdiff.headless.bridge;
