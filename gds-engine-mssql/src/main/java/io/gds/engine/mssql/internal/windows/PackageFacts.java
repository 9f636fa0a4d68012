package io.gds.engine.mssql.internal.windows;

import io.gds.database.plan.Params;

/**
 * A package as it lies on a host.
 *
 * @param path where the mapping has it
 * @param file where the host has it: the same, or its copy when the path is one of a file server
 * @param there whether it is there
 * @param why why it is not there, where more is known than that it is not; empty otherwise
 * @param bytes its size
 * @param sha256 its SHA-256 in lower-case hexadecimal
 * @param signature what Windows says of its signature, for example {@code Valid}
 * @param signer the subject of the certificate that signed it
 * @param productVersion the version that its properties name
 */
public record PackageFacts(
        String path,
        String file,
        boolean there,
        String why,
        long bytes,
        String sha256,
        String signature,
        String signer,
        String productVersion) {
    static PackageFacts of(String path, String file, Params p) {
        boolean there = p.flag("there");
        return new PackageFacts(
                path,
                file,
                there,
                "",
                there ? p.integer("bytes") : 0,
                p.optionalString("sha256").orElse(""),
                p.optionalString("signature").orElse(""),
                p.optionalString("signer").orElse(""),
                p.optionalString("productVersion").orElse(""));
    }

    /** One that could not be brought to the host. */
    static PackageFacts missing(String path, String why) {
        return new PackageFacts(path, "", false, why, 0, "", "", "", "");
    }
}
