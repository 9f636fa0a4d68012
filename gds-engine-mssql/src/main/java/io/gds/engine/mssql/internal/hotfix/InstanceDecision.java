package io.gds.engine.mssql.internal.hotfix;

import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.survey.InstanceSurvey;
import java.util.Optional;

/**
 * What is done about one instance, and why.
 *
 * @param instance the instance
 * @param verdict what
 * @param hotfix the mapping's entry that decided; empty when none did
 * @param why for people
 */
record InstanceDecision(InstanceSurvey instance, Verdict verdict, Optional<Hotfix> hotfix, String why) {
    /** What is done about an instance. */
    enum Verdict {
        /** It gets packages. */
        SCHEDULED,
        /** It runs the target or more. */
        UP_TO_DATE,
        /** It runs less than the mapping asks for. */
        PREREQUISITE,
        /** The mapping says that its family gets nothing any more. */
        UNSUPPORTED,
        /** The mapping has no word about it. */
        NO_MAPPING,
        /** It has a replica of an availability group, which is patched as a whole. */
        IN_GROUP,
        /** It is an instance of a failover cluster whose nodes are not as they must be for it to be patched. */
        FAILOVER_CLUSTER,
        /** It, or its host, did not answer. */
        UNREACHABLE,
        /** It runs on no Windows. */
        NOT_WINDOWS
    }

    /** Whether packages are installed for it. */
    boolean isScheduled() {
        return verdict == Verdict.SCHEDULED;
    }
}
