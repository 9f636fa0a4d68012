package io.gds.database.spi;

import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Optional;

/**
 * Puts a version of a product on a host, without starting or stopping anything.
 *
 * <p>Thread-safe per member. Every method is idempotent and may be called again after a crash.
 */
public interface PackageManager {
    /** In words, for runbooks: what it changes and where. */
    String describe(String member);

    /** Versions that could be installed, ascending. */
    List<EngineVersion> available(String member);

    /** The version that a start would run; empty when nothing is installed or it cannot be told. */
    Optional<EngineVersion> installed(String member);

    /**
     * Makes a version the one that a start would run. Either it is, or the former one still is: never something between.
     *
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-PACKAGE} when it is not available
     */
    void install(String member, EngineVersion version);

    /** The directory with the product's programs of the installed version. */
    String programs(String member);
}
