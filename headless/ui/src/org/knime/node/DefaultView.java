package org.knime.node;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.port.PortObject;
import org.knime.core.webui.page.Page;
import org.knime.core.webui.page.Page.RequireFromFileOrString;
import org.knime.node.parameters.NodeParameters;

/** The declared view of a node. Views are not shown here; only their description is checked. */
public final class DefaultView implements FluentNodeAPI {

    final Class<? extends NodeParameters> parameters;
    final String description;

    private DefaultView(Class<? extends NodeParameters> parameters, String description) {
        this.parameters = parameters;
        this.description = Objects.requireNonNull(description, "description of the view");
    }

    static RequireViewParameters start() {
        return parameters -> description -> page -> {
            Objects.requireNonNull(page.apply(Page.create()), "page of the view");
            return new DefaultView(parameters, description);
        };
    }

    public <D> DefaultView initialData(Function<RequireInitialData, DefaultInitialData<D>> data) {
        Objects.requireNonNull(data.apply(new RequireInitialData() {
            @Override
            public <T> DefaultInitialData<T> data(Function<ViewInput, T> supplier) {
                return new DefaultInitialData<>();
            }
        }));
        return this;
    }

    /** Asks for the view's parameters. */
    public interface RequireViewParameters {

        RequireDescription parametersClass(Class<? extends NodeParameters> parametersClass);

        default RequireDescription withoutParameters() {
            return parametersClass(null);
        }
    }

    /** Asks for the description in XHTML. */
    public interface RequireDescription {
        RequirePage description(String xhtml);
    }

    /** Asks for the page. */
    public interface RequirePage {
        DefaultView page(Function<RequireFromFileOrString, Page> page);
    }

    /** Asks for the data that the page starts with. */
    public interface RequireInitialData {
        <D> DefaultInitialData<D> data(Function<ViewInput, D> data);
    }

    /**
     * The data that the page starts with.
     *
     * @param <D> its type
     */
    public static final class DefaultInitialData<D> implements FluentNodeAPI {
        private DefaultInitialData() {}
    }

    /** What the data is made of. */
    public interface ViewInput {

        <P extends NodeParameters> P getParameters();

        PortObject[] getInternalPortObjects();

        default BufferedDataTable[] getInternalTables() {
            PortObject[] objects = getInternalPortObjects();
            return Arrays.copyOf(objects, objects.length, BufferedDataTable[].class);
        }
    }
}
