package io.gds.engine.mssql;

/** What is done about a host that has to be restarted. */
public enum RestartPolicy {
    /** It is told, and somebody else restarts the host. */
    REPORT,
    /** The host is restarted as a step of the plan, and the run waits until its instances are back by facts. */
    RESTART
}
