/** Coverage-guided fuzzing of everything that reads files of unknown origin; see {@code CONTRIBUTING.md}. */
package org.selfdiff.fuzz;
