package org.selfdiff.headless.runner.config;

/** One element of a stored configuration: a value, or a group of elements. */
public sealed interface ConfigNode permits ConfigEntry, ConfigGroup {
    /** Name within the group that holds it. */
    String key();
}
