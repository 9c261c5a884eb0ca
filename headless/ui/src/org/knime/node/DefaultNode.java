package org.knime.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.RequireModelParameters;

/** A declared node. */
public final class DefaultNode implements FluentNodeAPI {

    String name;
    String icon;
    String shortDescription;
    String fullDescription;
    final PortGroups ports = new PortGroups();
    final List<String> keywords = new ArrayList<>();
    final List<String[]> links = new ArrayList<>();
    DefaultModel model;
    DefaultView view;
    NodeType type;

    private DefaultNode() {}

    /** Starts a declaration; every step returns the next one. */
    public static RequireName create() {
        return name -> icon -> brief -> full -> (major, minor, patch) -> groups -> model -> {
            DefaultNode node = new DefaultNode();
            node.name = text(name, "name");
            node.icon = text(icon, "icon");
            node.shortDescription = text(brief, "short description");
            node.fullDescription = text(full, "full description");
            groups.accept(node.ports);
            node.model = Objects.requireNonNull(model.apply(DefaultModel.start()), "model");
            return node;
        };
    }

    private static String text(String text, String what) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("The node's " + what + " is missing.");
        }
        return text;
    }

    public DefaultNode nodeType(NodeType nodeType) {
        type = nodeType;
        return this;
    }

    public DefaultNode keywords(String... words) {
        keywords.addAll(List.of(words));
        return this;
    }

    public DefaultNode addExternalResource(String href, String description) {
        links.add(new String[] {href, description});
        return this;
    }

    public DefaultNode addView(Function<DefaultView.RequireViewParameters, DefaultView> declaration) {
        view = declaration.apply(DefaultView.start());
        return this;
    }

    /** Asks for the name. */
    public interface RequireName {
        RequireIcon name(String name);
    }

    /** Asks for the icon, a path relative to the factory's package. */
    public interface RequireIcon {
        RequireShortDescription icon(String path);
    }

    /** Asks for the description in one line. */
    public interface RequireShortDescription {
        RequireFullDescription shortDescription(String text);
    }

    /** Asks for the description in XHTML. */
    public interface RequireFullDescription {
        RequireSinceVersion fullDescription(String xhtml);
    }

    /** Asks for the version of the plug-in that first had the node. */
    public interface RequireSinceVersion {
        RequirePorts sinceVersion(int major, int minor, int patch);
    }

    /** Asks for the computation. */
    public interface RequireModel {
        DefaultNode model(Function<RequireModelParameters, DefaultModel> model);
    }
}
