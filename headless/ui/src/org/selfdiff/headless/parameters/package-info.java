/** Reads classes of parameters: their fields, defaults, stored form and rules. */
package org.selfdiff.headless.parameters;
