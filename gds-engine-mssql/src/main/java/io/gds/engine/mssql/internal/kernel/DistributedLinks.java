package io.gds.engine.mssql.internal.kernel;

import io.gds.database.spi.Permit;
import io.gds.engine.mssql.internal.group.DistributedView;
import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import java.util.List;
import java.util.Optional;

/** The links of distributed groups: whether the log moves from the half that takes writes to the other one. */
public final class DistributedLinks {
    private DistributedLinks() {}

    /** The distributed groups that an instance belongs to by one of its groups. */
    public static List<DistributedView> around(GroupViews views, String member) {
        List<String> groups = views.around(member).stream().map(GroupView::name).toList();
        return views.distributed().stream()
                .filter(d -> d.named().stream().map(GroupView::name).anyMatch(groups::contains))
                .toList();
    }

    /** What keeps the log from moving, in words, where an instance belongs to a half; empty when it moves, or there is no such link. */
    public static Optional<String> missing(GroupViews views, String member) {
        return around(views, member).stream().flatMap(d -> d.missing().stream()).findFirst();
    }

    /** What the system itself has stopped on the way to a forwarder, in words: it moves again by RESUME. Empty for nothing. */
    public static Optional<String> stopped(GroupViews views, String member) {
        return stopped(around(views, member));
    }

    /** The same of all links. */
    public static Optional<String> stopped(GroupViews views) {
        return stopped(views.distributed());
    }

    private static Optional<String> stopped(List<DistributedView> links) {
        return links.stream()
                .filter(d -> d.forwarder().isPresent() && !d.resumable().isEmpty())
                .flatMap(d -> d.missing().stream())
                .findFirst();
    }

    /** The same of what nobody here could let move: what the system itself has stopped is resumed by the steps. */
    static Optional<String> broken(GroupViews views, String member) {
        return around(views, member).stream()
                .filter(d -> d.resumable().isEmpty() || d.forwarder().isEmpty())
                .flatMap(d -> d.missing().stream())
                .findFirst();
    }

    static Permit wait(String observed) {
        return GroupKernel.wait(
                observed,
                "a link that is connected, with every database SYNCHRONIZING or SYNCHRONIZED",
                "the network between the two halves, or ALTER DATABASE ... SET HADR RESUME on the forwarder by whoever suspended it");
    }
}
