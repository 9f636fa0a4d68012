package io.gds.database;

import java.util.List;
import java.util.Optional;

/** Settings of a server. Thread-safe; calls block. */
public interface ConfigAdmin {
    /** All settings. */
    List<ConfigSetting> settings();

    /** A setting by name. */
    Optional<ConfigSetting> setting(String name);

    /**
     * Changes a setting for the whole server and makes it take effect as far as possible without a restart.
     *
     * @return with a detail that says when it takes effect
     * @throws io.gds.database.error.GdsDatabaseException with code {@code GDS-CONFIG} when there is no such setting or
     *     the value is refused
     */
    OperationResult set(String name, String value);

    /** Gives a setting its default again. */
    OperationResult reset(String name);
}
