package io.gds.engine.mssql.internal.survey;

/**
 * A node of a failover cluster before a plan.
 *
 * @param name its name in the cluster
 * @param isOwner whether the instance runs there
 * @param state what it is doing, in the instance's words
 * @param isUp whether it takes part
 * @param host what it says of itself as a host
 */
public record NodeSurvey(String name, boolean isOwner, String state, boolean isUp, HostSurvey host) {
    /** The same with its host seen again. */
    NodeSurvey with(HostSurvey seen) {
        return new NodeSurvey(name, isOwner, state, isUp, seen);
    }
}
