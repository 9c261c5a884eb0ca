package org.selfdiff.nodes;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.knime.core.node.NodeFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every node that {@code plugin.xml} offers, in its order. */
final class AllNodes {
    static final List<Supplier<NodeFactory<?>>> FACTORIES = offered().stream()
            .<Supplier<NodeFactory<?>>>map(node -> () -> create(node.factory()))
            .toList();

    private AllNodes() {}

    /**
     * A line of {@code plugin.xml}.
     *
     * @param factory name of its class
     * @param category where KNIME shows the node
     */
    record Offered(String factory, String category) {}

    static List<Offered> offered() {
        try {
            final NodeList nodes = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of("plugin.xml").toFile())
                    .getElementsByTagName("node");
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(i -> (Element) nodes.item(i))
                    .map(node -> new Offered(node.getAttribute("factory-class"), node.getAttribute("category-path")))
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException("plugin.xml cannot be read", e);
        }
    }

    static NodeFactory<?> create(final String factory) {
        try {
            return (NodeFactory<?>) Class.forName(factory).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("plugin.xml offers " + factory + ", which cannot be made", e);
        }
    }
}
