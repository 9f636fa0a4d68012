package io.gds.engine.mssql.internal.mapping;

import io.gds.engine.mssql.internal.setup.SetupArguments;

/**
 * One package of a mapping.
 *
 * @param filename its name, without a folder
 * @param path the folder: a UNC path, or relative to where the packages lie
 * @param order when it comes, the smallest first
 * @param required whether its failure ends the work on the server
 * @param arguments what its setup is called with
 */
public record InstallerFile(String filename, String path, int order, boolean required, SetupArguments arguments) {
    /** Whether the folder is one of a file server. */
    public boolean isUnc() {
        return path.startsWith("\\\\");
    }

    @Override
    public String toString() {
        return filename + (required ? "" : " (optional)");
    }
}
