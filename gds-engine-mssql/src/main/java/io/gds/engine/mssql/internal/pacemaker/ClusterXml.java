package io.gds.engine.mssql.internal.pacemaker;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Reads what a cluster says of itself. Its XML is the same over the years, where the texts of {@code pcs} for people are not.
 *
 * <p>Source: Pacemaker, {@code crm_mon --as-xml} and the constraints of the CIB.
 */
final class ClusterXml {
    private static final String STATUS = "pcs status xml";
    private static final String CIB = "pcs cluster cib";

    private ClusterXml() {}

    /**
     * The state of a cluster.
     *
     * @param status what {@code pcs status xml} printed
     * @param constraints what {@code pcs cluster cib scope=constraints} printed
     * @param resource the group's
     * @throws GdsDatabaseException with code {@code MSSQL-PCS-ANSWER} when one of them is not XML
     */
    static ClusterState read(String status, String constraints, String resource) {
        Element mon = root(STATUS, status);
        return new ClusterState(
                all(mon, "current_dc").stream().anyMatch(e -> isTrue(e, "with_quorum")),
                all(mon, "cluster_options").stream().anyMatch(e -> isTrue(e, "maintenance-mode")),
                all(mon, "nodes").stream()
                        .flatMap(n -> all(n, "node").stream())
                        .map(ClusterXml::node)
                        .toList(),
                clone(mon, resource),
                moves(root(CIB, constraints), resource));
    }

    private static ClusterState.Node node(Element e) {
        String running = e.getAttribute("resources_running");
        return new ClusterState.Node(
                e.getAttribute("name"),
                isTrue(e, "online"),
                isTrue(e, "standby"),
                running.matches("\\d{1,9}") ? Long.parseLong(running) : 0);
    }

    private static Optional<ClusterState.Resource> clone(Element mon, String resource) {
        return all(mon, "clone").stream()
                .filter(e -> e.getAttribute("id").equals(resource))
                .findFirst()
                .map(e -> new ClusterState.Resource(
                        isTrue(e, "managed"),
                        all(e, "resource").stream()
                                .map(r -> r.getAttribute("resource_agent"))
                                .distinct()
                                .toList()));
    }

    /** A constraint of a limited time has its node in a rule. */
    private static List<ClusterState.Constraint> moves(Element cib, String resource) {
        List<ClusterState.Constraint> out = new ArrayList<>();
        for (Element e : all(cib, "rsc_location")) {
            String id = e.getAttribute("id");
            if (e.getAttribute("rsc").equals(resource) && id.startsWith("cli-")) {
                String node = e.hasAttribute("node")
                        ? e.getAttribute("node")
                        : all(e, "expression").stream()
                                .filter(x -> x.getAttribute("attribute").equals("#uname"))
                                .map(x -> x.getAttribute("value"))
                                .findFirst()
                                .orElse("");
                out.add(new ClusterState.Constraint(id, node));
            }
        }
        return out;
    }

    private static boolean isTrue(Element e, String attribute) {
        return e.getAttribute(attribute).equals("true");
    }

    private static List<Element> all(Element in, String tag) {
        NodeList found = in.getElementsByTagName(tag);
        List<Element> out = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            out.add((Element) found.item(i));
        }
        return out;
    }

    private static Element root(String command, String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text.strip())))
                    .getDocumentElement();
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw GdsDatabaseException.environment("MSSQL-PCS-ANSWER")
                    .message("\"" + command + "\" printed what is no XML: " + e.getMessage() + ".")
                    .remedy("run it by hand on that host.")
                    .retryable()
                    .cause(e)
                    .build();
        }
    }
}
