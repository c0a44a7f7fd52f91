package io.github.trimaran.examples.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.RemoteWebDriver;

/** Debian's Chromium without a window, which looks for nothing on the network. */
public final class Chromium implements AutoCloseable {

  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** Where pictures of the page go, if that is asked for: {@code -Dtrimaran.screenshots=DIR}. */
  private static final String SCREENSHOTS = System.getProperty("trimaran.screenshots");

  /** Engines take half a minute to start where everything else starts as well. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriverService service;
  private final RemoteWebDriver driver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> requested = new ArrayList<>();

  private Chromium(ChromeDriverService service, RemoteWebDriver driver) {
    this.service = service;
    this.driver = driver;
  }

  public static boolean isInstalled() {
    return Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
  }

  /** With a new profile in that folder. */
  public static Chromium start(Path profile) throws IOException {
    Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--window-size=1280,1000",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    service.start();
    // A ChromeDriver would ask Selenium's manager for browsers on the network; it is left out.
    try {
      return new Chromium(service, new RemoteWebDriver(service.getUrl(), options));
    } catch (WebDriverException e) {
      service.stop();
      throw e;
    }
  }

  public void open(URI page) {
    driver.get(page.toString());
  }

  void reload() {
    driver.navigate().refresh();
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  void click(String selector) {
    find(selector).click();
  }

  public String text(String selector) {
    return find(selector).getText();
  }

  /** Whether it is there, and is to be seen. */
  boolean isShown(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().anyMatch(WebElement::isDisplayed);
  }

  /** How many there are. */
  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  /** By how many pixels the page is wider than its window. */
  long overflow() {
    return (long) run("return Math.max(0, document.documentElement.scrollWidth - innerWidth)");
  }

  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The same for a script that calls back: its last argument is what it calls. */
  Object runLater(String script) {
    return driver.executeAsyncScript(script);
  }

  public Actions actions() {
    return new Actions(driver, Duration.ofMillis(2));
  }

  public void resize(int width, int height) {
    tell(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** What the system's colours are. */
  public void prefer(String scheme) {
    tell(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** A command of the DevTools. */
  private void tell(String command, Map<String, Object> parameters) {
    try {
      String path = "/session/" + driver.getSessionId() + "/goog/cdp/execute";
      byte[] body = Served.JSON.writeValueAsBytes(Map.of("cmd", command, "params", parameters));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(service.getUrl() + path))
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(command + ": " + response.body());
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(command, e);
    }
  }

  /** Waits until something is so. */
  void await(String what, Check check) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!check.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came: " + what);
      }
      Thread.sleep(30);
    }
  }

  /** Something that comes to hold. */
  @FunctionalInterface
  interface Check {
    boolean holds() throws Exception;
  }

  /** A picture of the whole page, if pictures are asked for. */
  void picture(String name) throws IOException {
    if (SCREENSHOTS != null) {
      Files.createDirectories(Path.of(SCREENSHOTS));
      screenshot(Path.of(SCREENSHOTS, name + ".png"));
      resize(1280, 1000);
    }
  }

  /** The whole page. */
  public void screenshot(Path file) throws IOException {
    long height = (long) run("return document.documentElement.scrollHeight");
    long width = (long) run("return innerWidth");
    resize((int) width, (int) Math.min(height, 3_000));
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** All addresses that were asked for so far. */
  public List<String> requested() {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      String message = entry.getMessage();
      if (message.contains("\"Network.requestWillBeSent\"")) {
        requested.add(message.replaceFirst("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"));
      }
    }
    return requested;
  }

  /** The addresses that were asked for, but for those of one server and the browser's own. */
  List<String> foreign(URI server) {
    String own = "http://" + server.getAuthority() + "/";
    return requested().stream()
        .filter(address -> !address.startsWith(own) && !address.matches("(chrome|data|blob):.*"))
        .toList();
  }

  /** What the console says is wrong. */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        // A stroke just begun is no digit yet, and the browser counts that among errors.
        .filter(message -> !message.contains("status of 422"))
        .toList();
  }

  /**
   * What axe-core finds wrong with the page for those who do not see or point, if it is serious.
   */
  public List<String> serious() throws IOException {
    String library = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    try (InputStream in = Chromium.class.getResourceAsStream(library)) {
      run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    String found =
        (String)
            runLater(
                "axe.run().then(r => arguments[arguments.length - 1](JSON.stringify(r.violations)))");
    List<String> serious = new ArrayList<>();
    for (JsonNode violation : Served.JSON.readTree(found)) {
      if (List.of("serious", "critical").contains(violation.get("impact").asText())) {
        serious.add(
            violation.get("id").asText()
                + ": "
                + violation.at("/nodes/0/html").asText()
                + violation.at("/nodes/0/failureSummary").asText());
      }
    }
    return serious;
  }

  @Override
  public void close() {
    driver.quit();
    service.stop();
  }
}
