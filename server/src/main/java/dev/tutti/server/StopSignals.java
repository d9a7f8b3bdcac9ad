package dev.tutti.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C (SIGINT) and SIGTERM: the first asks the process to stop, a second one ends it at once.
 *
 * <p>Left to itself the virtual machine would end with 128 + the signal's number although nothing
 * failed, and would not listen to a second signal while its shutdown hooks run.
 */
final class StopSignals {
  private static final Logger log = LoggerFactory.getLogger(StopSignals.class);
  private static final List<String> NAMES = List.of("INT", "TERM");
  private static final int SIGNALLED = 128;

  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Runnable stop;

  private StopSignals(Runnable stop) {
    this.stop = stop;
  }

  /**
   * Catches both signals from now on.
   *
   * @param stop begins to stop the process; runs on a thread of its own
   */
  static void install(Runnable stop) {
    StopSignals signals = new StopSignals(stop);
    for (String name : NAMES) {
      try {
        signals.handle(name);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        // With -Xrs, or on a Java without this class: the virtual machine's own way is left.
        log.debug("SIG{} is left to the virtual machine", name, e);
      }
    }
  }

  /**
   * By reflection, as javac warns of every use of {@code sun.misc.Signal} and cannot be told not
   * to; Java has no other access to signals.
   */
  private void handle(String name)
      throws ClassNotFoundException,
          NoSuchMethodException,
          InstantiationException,
          IllegalAccessException,
          InvocationTargetException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    int number = (int) signalType.getMethod("getNumber").invoke(signal);
    Object handler =
        Proxy.newProxyInstance(
            StopSignals.class.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> answer(name, number, proxy, method, arguments));
    signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
  }

  private Object answer(String name, int number, Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "handle" -> {
        onSignal(name, number);
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "handler of SIG" + name;
    };
  }

  private void onSignal(String name, int number) {
    if (stopping.compareAndSet(false, true)) {
      log.info("Stopping on SIG{}; a second one ends the process at once.", name);
      new Thread(stop, "stop").start();
    } else {
      log.warn("SIG{} again: ended at once.", name);
      Runtime.getRuntime().halt(SIGNALLED + number);
    }
  }
}
