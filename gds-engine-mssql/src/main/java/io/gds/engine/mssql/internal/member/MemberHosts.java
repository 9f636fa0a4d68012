package io.gds.engine.mssql.internal.member;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.hotfix.SetupWork;
import java.util.List;
import java.util.Optional;

/**
 * The hosts of a group's members: how an instance goes out of service and back, and how other programs get there. One way for Windows and
 * its setups, one for Linux and its packages. Thread-safe; members are named as in plans. Everything that changes may be called again.
 */
public interface MemberHosts {
    /** Whether the instances and groups are of the kind that the spec speaks of. Reads only. */
    List<Finding> fits(GroupViews views);

    /** What hosts and packages say to an update; every host is looked at. Reads only. */
    List<Finding> findings(EngineVersion target);

    /** The build that a start of the instance would run; empty when that cannot be told, such as in the middle of an installation. */
    Optional<EngineVersion> installed(String member);

    /** What would be installed, as it is now; empty when nothing is known of it. */
    Params details(String member, EngineVersion version);

    /** Whether {@link #download} does anything. */
    boolean downloads();

    /** Fetches what an installation will need, while the instance serves. */
    void download(String member, EngineVersion version);

    /**
     * Brings an instance to a build, forwards or backwards.
     *
     * @throws io.gds.database.spi.NotNowException while an installation is under way that nobody waits for
     */
    void install(String member, EngineVersion version, SetupWork work);

    /** What an installation that has reached its goal left to tell: installers, exit code, what setup said. Reads only. */
    default Params told(String member, EngineVersion version, SetupWork work) {
        return Params.empty();
    }

    /** What is being installed on the host just now, by whomever; empty for nothing. */
    Optional<String> underWay(String member, SetupWork work);

    /** The temporary changes around a member's turn. */
    List<BracketDraft> around(String member, PatchRequest request);

    /** The temporary changes around the switchover. */
    List<BracketDraft> aroundSwitchover();

    /**
     * Takes an instance out of service.
     *
     * @param fence called right before each effect
     */
    void takeOut(String member, Runnable fence);

    /** Whether it is out of service. */
    Verdict isOut(String member);

    /** Puts it back into service, when nothing is installed there any more. */
    void putBack(String member, StepContext<?> context);

    /** The service of an instance, when it has stopped; empty when it has not, or its host does not answer. */
    Optional<String> stopped(String member);

    /** Starts the service of an instance. */
    void start(String member, String service);
}
