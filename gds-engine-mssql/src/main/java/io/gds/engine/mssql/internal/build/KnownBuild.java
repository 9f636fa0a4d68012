package io.gds.engine.mssql.internal.build;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One build that was released.
 *
 * @param build its number
 * @param servicePack {@code RTM} or {@code SP1}, {@code SP2} ...
 * @param cumulativeUpdate the cumulative update it is or stands on, for example {@code CU16}; empty in the other lines
 * @param channel its line of updates
 * @param articles the numbers of its articles in Microsoft's knowledge base, without {@code KB}
 * @param released when it was released; empty when the catalogue does not say
 * @param supportedUntil until when its service pack is supported, from 2017 on its family; empty when the catalogue does
 *     not say
 * @param retired whether Microsoft took it back; such a build is never a target
 */
public record KnownBuild(
        Build build,
        String servicePack,
        Optional<String> cumulativeUpdate,
        Channel channel,
        List<String> articles,
        Optional<LocalDate> released,
        Optional<LocalDate> supportedUntil,
        boolean retired) {
    /** Copies the list. */
    public KnownBuild {
        articles = List.copyOf(articles);
    }

    /** For people, for example {@code 16.0.4165 (RTM CU16+GDR, KB5046861)}. */
    public String describe() {
        String line = cumulativeUpdate
                .map(cu -> channel == Channel.CU_GDR ? cu + "+GDR" : cu)
                .orElse(channel.label());
        String kb = articles.isEmpty() ? "" : ", KB" + String.join(", KB", articles);
        return build + " (" + servicePack + " " + line + kb + (retired ? ", retired" : "") + ")";
    }
}
