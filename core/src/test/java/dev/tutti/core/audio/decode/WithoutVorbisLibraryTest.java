package dev.tutti.core.audio.decode;

import static dev.tutti.core.audio.mp3.MpegFiles.golden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** The decoder of Ogg Vorbis is under the LGPL, so a program may leave it out. */
class WithoutVorbisLibraryTest {
  @Test
  void aVorbisFileIsRefusedByTheLibrarysNameAndOthersAreRead() throws Exception {
    URL core = AudioDecoder.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {core}, ClassLoader.getPlatformClassLoader())) {
      Method decode =
          alone.loadClass(AudioDecoder.class.getName()).getMethod("decode", byte[].class);
      Object clip = decode.invoke(null, (Object) golden("audio/mono.mp3"));
      assertEquals(AudioClip.class.getName(), clip.getClass().getName());
      Throwable refusal =
          assertThrows(
                  InvocationTargetException.class,
                  () -> decode.invoke(null, (Object) golden("audio/mono.ogg")))
              .getCause();
      assertEquals(InvalidAudioException.class.getName(), refusal.getClass().getName());
      assertTrue(
          refusal.getMessage().contains("com.googlecode.soundlibs:jorbis"), refusal.getMessage());
    }
  }
}
