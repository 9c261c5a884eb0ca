package org.selfdiff.headless.runner.workflow;

import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;

/**
 * A flow variable.
 *
 * @param name its name
 * @param type its type
 * @param text its value as text, valid for the type
 */
public record Variable(String name, VariableType type, String text) {
    /**
     * Checks the value.
     *
     * @throws RunnerFailed (usage) when the text is not a value of the type
     */
    public static Variable of(final String name, final VariableType type, final String text) throws RunnerFailed {
        if (!type.stored().accepts(text)) {
            throw new RunnerFailed(
                    ExitCode.USAGE,
                    "\"" + text + "\" is not a value of type " + type.optionName(),
                    "workflow variable " + name,
                    "give a " + type.optionName() + " value");
        }
        return new Variable(name, type, text);
    }
}
