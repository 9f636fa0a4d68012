package io.gds.engine.mssql.internal.kernel;

import io.gds.engine.mssql.internal.group.GroupView;
import io.gds.engine.mssql.internal.group.GroupViews;
import io.gds.engine.mssql.internal.group.InstanceView;
import java.util.List;
import java.util.Optional;

/** Who leads, where everybody was asked. */
public final class Leaders {
    private Leaders() {}

    /** What is in doubt about the primaries of all groups, in words; empty when each has one. */
    public static Optional<String> doubt(GroupViews views) {
        return views.groups().stream().flatMap(g -> doubt(g).stream()).findFirst();
    }

    /** The same of one group. */
    public static Optional<String> doubt(GroupView group) {
        List<InstanceView> claims = group.claims();
        if (claims.size() == 1) {
            return Optional.empty();
        }
        return Optional.of(
                claims.isEmpty()
                        ? "nobody leads " + group.name()
                        : claims.stream().map(InstanceView::name).toList() + " all say that they lead " + group.name());
    }
}
