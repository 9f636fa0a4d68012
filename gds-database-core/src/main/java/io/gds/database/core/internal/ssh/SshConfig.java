package io.gds.database.core.internal.ssh;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.kex.ExtInfoClientFactory;
import com.hierynomus.sshj.transport.mac.Macs;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.DHGexSHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;
import net.schmizz.sshj.userauth.keyprovider.OpenSSHKeyFile;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** sshj without old algorithms, and silent: what matters we say ourselves. */
final class SshConfig extends ConfigImpl {
    private static final LoggerFactory SILENT = new LoggerFactory() {
        @Override
        public Logger getLogger(String name) {
            return NOPLogger.NOP_LOGGER;
        }

        @Override
        public Logger getLogger(Class<?> type) {
            return NOPLogger.NOP_LOGGER;
        }
    };

    SshConfig() {
        if (!isThere("org.bouncycastle.jce.provider.BouncyCastleProvider")) {
            SecurityUtils.setRegisterBouncyCastle(false); // as sshj decides by itself, only silently
        }
        setLoggerFactory(SILENT);
        setVersion("gds_database");
        setRandomFactory(new SingletonRandomFactory(new JCERandom.Factory()));
        setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        setKeyExchangeFactories(List.of(
                new Curve25519SHA256.Factory(),
                new Curve25519SHA256.FactoryLibSsh(),
                new ECDHNistP.Factory256(),
                new ECDHNistP.Factory384(),
                new ECDHNistP.Factory521(),
                new DHGexSHA256.Factory(),
                DHGroups.Group16SHA512(),
                DHGroups.Group18SHA512(),
                DHGroups.Group14SHA256(),
                new ExtInfoClientFactory()));
        setKeyAlgorithms(keyAlgorithms());
        setCipherFactories(List.of(
                GcmCiphers.AES256GCM(),
                GcmCiphers.AES128GCM(),
                BlockCiphers.AES256CTR(),
                BlockCiphers.AES192CTR(),
                BlockCiphers.AES128CTR()));
        setMACFactories(List.of(Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm(), Macs.HMACSHA2256(), Macs.HMACSHA2512()));
        setCompressionFactories(List.of(new NoneCompression.Factory()));
        setFileKeyProviderFactories(
                List.of(new OpenSSHKeyV1KeyFile.Factory(), new PKCS8KeyFile.Factory(), new OpenSSHKeyFile.Factory()));
    }

    private static List<Factory.Named<KeyAlgorithm>> keyAlgorithms() {
        List<Factory.Named<KeyAlgorithm>> out = new ArrayList<>();
        out.add(KeyAlgorithms.EdDSA25519CertV01());
        out.add(KeyAlgorithms.EdDSA25519());
        if (hasEcdsa()) {
            out.add(KeyAlgorithms.ECDSASHANistp256CertV01());
            out.add(KeyAlgorithms.ECDSASHANistp256());
            out.add(KeyAlgorithms.ECDSASHANistp384CertV01());
            out.add(KeyAlgorithms.ECDSASHANistp384());
            out.add(KeyAlgorithms.ECDSASHANistp521CertV01());
            out.add(KeyAlgorithms.ECDSASHANistp521());
        }
        out.add(KeyAlgorithms.RSASHA512());
        out.add(KeyAlgorithms.RSASHA256());
        return out;
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, SecurityUtils.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** sshj asks for it by a name that the JDK's own providers do not know; BouncyCastle does. */
    private static boolean hasEcdsa() {
        try {
            SecurityUtils.getKeyFactory("ECDSA");
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
