package org.selfdiff.tensors;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One method of a script.
 *
 * <p>The source is TorchScript in its serialised form, which is stricter than what Python programmers write: every
 * operator by its full name ({@code torch.add(x, y)}), lists of tensors as {@code annotate(List[Tensor], [])}, no
 * keyword-only surprises. It starts with {@code def}, and {@code self} is of type {@link #SELF}:
 *
 * <pre>{@code
 * def twice(self: __torch__.Net,
 *     x: Tensor) -> Tensor:
 *   return torch.add(x, x)
 * }</pre>
 *
 * <p>Methods may call each other as {@code self.other(x)}, those defined earlier in the list only.
 *
 * @param name the method's name
 * @param source its text, indented from column 0
 */
public record ScriptMethod(String name, String source) {
    /** Type of {@code self}. */
    public static final String SELF = org.selfdiff.engine.ScriptArchive.TYPE;

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Refuses a name that is not an identifier and a source that does not define it. */
    public ScriptMethod {
        Objects.requireNonNull(source);
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("not a method name: " + name);
        }
        if (!source.startsWith("def " + name + "(")) {
            throw new IllegalArgumentException("the source of " + name + " must start with \"def " + name + "(\"");
        }
    }
}
