package org.knime.core.webui.page;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.knime.core.node.FluentNodeAPI;

/** A page of a view; only kept, never shown. */
public class Page implements FluentNodeAPI {

    private final String relativePath;

    Page(String relativePath) {
        this.relativePath = Objects.requireNonNull(relativePath, "path of the page");
    }

    public static RequireFromFileOrString create() {
        return (text, charset) -> Page::new;
    }

    public String getRelativePath() {
        return relativePath;
    }

    /** Asks where the page comes from. */
    public interface RequireFromFileOrString {

        default RequireRelativePath fromString(StringSupplier text) {
            return fromString(text, StandardCharsets.UTF_8);
        }

        RequireRelativePath fromString(StringSupplier text, Charset charset);
    }

    /** Asks for the page's path. */
    public interface RequireRelativePath {
        Page relativePath(String path);
    }

    /** Gives the page's text. */
    public interface StringSupplier extends Supplier<String> {}
}
