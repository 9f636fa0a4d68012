package io.gds.engine.mssql.internal.build;

/**
 * The line of updates that a build belongs to. They are kept apart: from the line of security updates one can go over to that of
 * cumulative updates, and there is no way back but to remove the update.
 */
public enum Channel {
    /** The release itself, or a service pack as it was released. */
    BASELINE("as released"),
    /** Security updates on the release or the service pack, with nothing else. */
    GDR("GDR"),
    /** A cumulative update. */
    CU("CU"),
    /** A security update on top of a cumulative update. */
    CU_GDR("CU+GDR"),
    /** The line of SQL Server 2016 with the Azure Connect Pack, 13.0.7000 and later, with updates of its own. */
    AZURE_CONNECT("Azure Connect Pack");

    private final String label;

    Channel(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** Whether a build of this line gets cumulative updates. */
    boolean isCumulative() {
        return this == CU || this == CU_GDR;
    }

    /**
     * Whether going on to a build of the other line keeps one on the line that one has chosen. A baseline has chosen none, but
     * nobody drifts into the Azure Connect Pack, which is a feature to install.
     */
    public boolean staysOn(Channel next) {
        return switch (this) {
            case BASELINE -> next != AZURE_CONNECT;
            case GDR -> next == GDR || next == BASELINE;
            case CU, CU_GDR -> next.isCumulative() || next == BASELINE;
            case AZURE_CONNECT -> next == AZURE_CONNECT;
        };
    }
}
