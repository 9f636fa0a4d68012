package io.gds.database.testkit.pacemaker;

/** What {@code pcs} prints of a cluster. Source: outputs of {@code crm_mon --as-xml} of Pacemaker 1.1 and 2.1, and the schema of the CIB. */
final class ClusterText {
    private ClusterText() {}

    static String status(PacemakerCluster cluster) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?>\n<crm_mon version=\"2.0.5\">\n  <summary>\n")
                .append("    <current_dc present=\"true\" version=\"2.0.5\" name=\"")
                .append(cluster.nodes().get(0).name())
                .append("\" id=\"1\" with_quorum=\"true\"/>\n")
                .append(
                        "    <cluster_options stonith-enabled=\"true\" symmetric-cluster=\"true\" no-quorum-policy=\"stop\"")
                .append(" maintenance-mode=\"false\"/>\n  </summary>\n  <nodes>\n");
        int id = 0;
        for (ClusterNode n : cluster.nodes()) {
            out.append("    <node name=\"").append(n.name()).append("\" id=\"").append(++id);
            attribute(out, "online", n.isOnline());
            attribute(out, "standby", n.isStandby());
            attribute(out, "standby_onfail", false);
            attribute(out, "maintenance", false);
            out.append("\" resources_running=\"").append(n.isRunning() ? 1 : 0).append("\" type=\"member\"/>\n");
        }
        out.append("  </nodes>\n  <resources>\n    <clone id=\"").append(cluster.resource());
        attribute(out, "multi_state", true);
        attribute(out, "managed", cluster.isManaged());
        out.append("\">\n");
        for (ClusterNode n : cluster.nodes()) {
            if (n.isRunning()) {
                out.append("      <resource id=\"ag_cluster\" resource_agent=\"ocf::mssql:ag\" role=\"")
                        .append(n.name().equals(cluster.primary()) ? "Master" : "Slave")
                        .append("\" active=\"true\"><node name=\"")
                        .append(n.name())
                        .append("\" cached=\"false\"/></resource>\n");
            }
        }
        return out.append("    </clone>\n  </resources>\n</crm_mon>\n").toString();
    }

    private static void attribute(StringBuilder out, String name, boolean value) {
        out.append("\" ").append(name).append("=\"").append(value);
    }

    static String constraints(PacemakerCluster cluster) {
        StringBuilder out = new StringBuilder("<constraints>\n");
        out.append("  <rsc_location id=\"location-virtualip-sql01\" rsc=\"virtualip\" node=\"sql01\" score=\"50\"/>\n");
        cluster.moves().forEach((id, node) -> out.append("  <rsc_location id=\"")
                .append(id)
                .append("\" rsc=\"")
                .append(cluster.resource())
                .append("\" role=\"Master\" node=\"")
                .append(node)
                .append("\" score=\"")
                .append(id.startsWith("cli-ban") ? "-INFINITY" : "INFINITY")
                .append("\"/>\n"));
        return out.append("</constraints>\n").toString();
    }
}
