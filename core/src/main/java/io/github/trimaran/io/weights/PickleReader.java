package io.github.trimaran.io.weights;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one Python pickle as data. A pickle is a program for a stack machine that may name any
 * function of Python and call it; this interpreter knows the instructions that build values, and
 * leaves names and calls to {@link Names}, which makes plain records of the few it knows and
 * refuses the rest. Nothing is ever executed.
 *
 * <p>Values are {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean}, {@code String},
 * {@code byte[]}, {@code null}, {@code List} (also for tuples), {@code Map} and what {@code Names}
 * makes. Every instruction adds at most as much as its bytes in the file, and their number is
 * bounded, so memory is too.
 */
final class PickleReader {

  /** What the names and calls in a pickle mean. */
  interface Names {
    /** The meaning of a global name, for example {@code collections.OrderedDict}. */
    Object global(String module, String name) throws WeightFormatException;

    /** The result of calling one of those. */
    Object call(Object function, List<?> arguments) throws WeightFormatException;

    /** The object with this state set; PyTorch so gives attributes that nobody needs. */
    default Object build(Object target, Object state) throws WeightFormatException {
      return target instanceof Map ? target : null;
    }

    /** How long a text, or a string of bytes, may be. */
    default int maxString() {
      return MAX_STRING;
    }

    /**
     * What the strings of Python 2 hold, which are bytes: text, or ISO 8859-1 to keep the bytes.
     */
    default Charset byteStrings() {
      return StandardCharsets.UTF_8;
    }

    /** The object outside of the pickle with this identification. */
    Object persistent(Object id) throws WeightFormatException;
  }

  private static final int MAX_INSTRUCTIONS = 1_000_000;
  private static final int MAX_STRING = 1 << 20;
  private static final int MAX_INTEGER = 64;

  private final WeightInput in;
  private final Names names;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  PickleReader(WeightInput in, Names names) {
    this.in = in;
    this.names = names;
  }

  /** The value of the pickle that begins here; what follows it is left unread. */
  Object read() throws IOException {
    for (int i = 0; i < MAX_INSTRUCTIONS; i++) {
      int opcode = in.u8("the pickle");
      if (opcode == '.') {
        return pop();
      }
      execute(opcode);
    }
    throw in.error("a pickle of more than " + MAX_INSTRUCTIONS + " instructions");
  }

  private void execute(int opcode) throws IOException {
    switch (opcode) {
      case 0x80 -> checkProtocol(in.u8("the pickle"));
      case 0x95 -> integer(8); // a frame: only a hint for buffering
      case '(' -> marks.add(stack.size());
      case '0' -> pop();
      case '1' -> popToMark();
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push(integer(1));
      case 'M' -> push(integer(2));
      case 'J' -> push((long) (int) integer(4));
      case 0x8a -> push(bigInteger(integer(1)));
      case 0x8b -> push(bigInteger(integer(4)));
      case 'G' ->
          push(in.buffer(8, "a number of the pickle").order(ByteOrder.BIG_ENDIAN).getDouble());
      case 'U' -> push(string(1, names.byteStrings()));
      case 'T' -> push(string(4, names.byteStrings()));
      case 0x8c -> push(string(1, StandardCharsets.UTF_8));
      case 'X' -> push(string(4, StandardCharsets.UTF_8));
      case 0x8d -> push(string(8, StandardCharsets.UTF_8));
      case 'C' -> push(bytes(integer(1)));
      case 'B' -> push(bytes(integer(4)));
      case ']' -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<>());
      case ')' -> push(List.of());
      case 't', 'l' -> push(popToMark());
      case 'd' -> push(setItems(new LinkedHashMap<>(), popToMark()));
      case 0x85 -> push(popLast(1));
      case 0x86 -> push(popLast(2));
      case 0x87 -> push(popLast(3));
      case 'a' -> append(popLast(1));
      case 'e' -> append(popToMark());
      case 's' -> setItems(popLast(2));
      case 'u' -> setItems(popToMark());
      case 'h' -> push(recall(integer(1)));
      case 'j' -> push(recall(integer(4)));
      case 'q' -> memo.put((int) integer(1), top());
      case 'r' -> memo.put((int) integer(4), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'c' -> push(names.global(line(), line()));
      case 0x93 -> pushGlobal(popLast(2));
      case 'R' -> reduce();
      case 'b' -> build();
      case 'Q' -> push(names.persistent(pop()));
      default -> throw in.error(String.format("pickle instruction 0x%02x is not read", opcode));
    }
  }

  private void checkProtocol(int protocol) throws WeightFormatException {
    if (protocol > 5) {
      throw in.error("pickle protocol " + protocol + " is not read, only up to 5");
    }
  }

  private long integer(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) in.u8("the pickle") << (8 * i);
    }
    return value;
  }

  private Object bigInteger(long length) throws IOException {
    if (length > MAX_INTEGER) {
      throw in.error("an integer of " + length + " bytes in the pickle");
    }
    byte[] bytes = in.bytes(length, "an integer of the pickle");
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swap = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swap;
    }
    BigInteger value = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private String string(int lengthBytes, Charset charset) throws IOException {
    return new String(bytes(integer(lengthBytes)), charset);
  }

  private byte[] bytes(long length) throws IOException {
    if (length < 0 || length > names.maxString()) {
      throw in.error("a string of " + Long.toUnsignedString(length) + " bytes in the pickle");
    }
    return in.bytes(length, "a string of the pickle");
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.u8("the pickle"); c != '\n'; c = in.u8("the pickle")) {
      if (line.length() > 200) {
        throw in.error("an endless name in the pickle");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private void pushGlobal(List<Object> moduleAndName) throws WeightFormatException {
    if (!(moduleAndName.get(0) instanceof String module)
        || !(moduleAndName.get(1) instanceof String name)) {
      throw in.error("a global name in the pickle is no text");
    }
    push(names.global(module, name));
  }

  private void reduce() throws WeightFormatException {
    Object arguments = pop();
    Object function = pop();
    if (!(arguments instanceof List<?> list)) {
      throw in.error("a call in the pickle without a tuple of arguments");
    }
    push(names.call(function, list));
  }

  private void build() throws WeightFormatException {
    Object state = pop();
    Object built = names.build(pop(), state);
    if (built == null) {
      throw in.error("the pickle sets the state of something that is no dictionary");
    }
    push(built);
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object pop() throws WeightFormatException {
    top();
    return stack.remove(stack.size() - 1);
  }

  private Object top() throws WeightFormatException {
    if (stack.size() <= (marks.isEmpty() ? 0 : marks.get(marks.size() - 1))) {
      throw in.error("damaged pickle: its stack is empty");
    }
    return stack.get(stack.size() - 1);
  }

  private List<Object> popToMark() throws WeightFormatException {
    if (marks.isEmpty()) {
      throw in.error("damaged pickle: no mark");
    }
    int mark = marks.remove(marks.size() - 1);
    return popFrom(mark);
  }

  private List<Object> popLast(int count) throws WeightFormatException {
    int from = stack.size() - count;
    if (from < (marks.isEmpty() ? 0 : marks.get(marks.size() - 1))) {
      throw in.error("damaged pickle: its stack is empty");
    }
    return popFrom(from);
  }

  private List<Object> popFrom(int from) {
    List<Object> tail = stack.subList(from, stack.size());
    List<Object> popped = new ArrayList<>(tail);
    tail.clear();
    return popped;
  }

  private Object recall(long index) throws WeightFormatException {
    Integer key = (int) index;
    if (!memo.containsKey(key)) {
      throw in.error("damaged pickle: nothing was remembered under " + index);
    }
    return memo.get(key);
  }

  private void append(List<Object> items) throws WeightFormatException {
    // Tuples are lists here too, but no pickler appends to them.
    if (!(top() instanceof ArrayList<?>)) {
      throw in.error("damaged pickle: appends to something that is no list");
    }
    @SuppressWarnings("unchecked") // Lists are only made here.
    List<Object> list = (List<Object>) top();
    list.addAll(items);
  }

  private void setItems(List<Object> items) throws WeightFormatException {
    setItems(top(), items);
  }

  private Map<Object, Object> setItems(Object target, List<Object> items)
      throws WeightFormatException {
    if (!(target instanceof Map) || items.size() % 2 != 0) {
      throw in.error("damaged pickle: sets items of something that is no dictionary");
    }
    @SuppressWarnings("unchecked") // Maps are only made here and by Names, with such types.
    Map<Object, Object> map = (Map<Object, Object>) target;
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      if (!(key instanceof String || key instanceof Long)) {
        throw in.error("a dictionary key in the pickle is neither text nor an integer");
      }
      map.put(key, items.get(i + 1));
    }
    return map;
  }
}
