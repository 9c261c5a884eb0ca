package org.selfdiff.headless.runner.execute;

import java.util.List;
import java.util.Optional;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.workflow.Variable;
import org.selfdiff.headless.runner.workflow.VariableType;

/**
 * A workflow variable that the command line sets.
 *
 * @param name its name
 * @param text its value
 * @param type its type; may be absent where the workflow defines the variable
 */
public record VariableChange(String name, String text, Optional<VariableType> type) {
    /**
     * The variable with its new value.
     *
     * @param defined the workflow's own, or null
     * @param known names that there are, for the message
     */
    Variable resolve(final Variable defined, final List<String> known) throws RunnerFailed {
        if (defined == null && type.isEmpty()) {
            throw RunnerFailed.usage(
                    "The workflow has no variable \"" + name + "\"; it has: "
                            + (known.isEmpty() ? "none" : String.join(", ", known)),
                    "--set " + name + "=" + text);
        }
        return Variable.of(name, defined == null ? type.get() : defined.type(), text);
    }
}
