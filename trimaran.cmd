@echo off
rem Starts Trimaran: builds with Maven what is missing or older than its sources, then runs the
rem program with the JVM flags it needs.
rem
rem   JAVA_HOME           the JDK to build and run with (17 or newer); else java on the PATH
rem   TRIMARAN_BACKEND    the default of --backend
rem   TRIMARAN_JAVA_OPTS  further JVM flags
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "root=%root:~0,-1%"
set "target=%root%\examples\target"
if "%root:;=%"=="%root%" goto placed
echo trimaran: lies in "%root%": Java separates the parts of a class path by semicolons, so no folder on the way may have one in its name; move it 1>&2
exit /b 2
:placed

set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version >nul 2>nul
if errorlevel 1 (
  echo trimaran: java not found; install a JDK of version 17 or newer, or set JAVA_HOME 1>&2
  exit /b 2
)
set "version="
for /f "tokens=3" %%v in ('""%java%" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version ="') do set "version=%%v"
if not defined version set "version=0"
if %version:~0,2% LSS 17 (
  echo trimaran: needs a JDK of version 17 or newer, this is version %version%; set JAVA_HOME to a newer one 1>&2
  exit /b 2
)

rem Which engines the words on the command line ask for.
set "backend=cpu"
if defined TRIMARAN_BACKEND set "backend=%TRIMARAN_BACKEND%"
set "previous="
set "command="
set "help="
set "cluster="
for %%w in (%*) do call :word "%%~w"
if "%command%"=="compare" set "backend=all"
if "%command%"=="benchmark" set "backend=all"
rem These need no engine; backends lists what is there and fetches nothing.
for %%c in (help data generate-completion backends) do if "%command%"=="%%c" set "backend=cpu"
if not defined command set "backend=cpu"
if defined help set "backend=cpu"
set "name=launcher"
if "%backend%"=="nd4j" set "name=launcher-nd4j"
if "%backend%"=="djl" set "name=launcher-djl"
if "%backend%"=="all" set "name=launcher-nd4j-djl"
if not "%command%"=="backends" goto named
if exist "%target%\launcher-nd4j.stamp" set "name=launcher-nd4j"
if exist "%target%\launcher-djl.stamp" if "%name%"=="launcher" (set "name=launcher-djl") else (set "name=launcher-nd4j-djl")
if exist "%target%\launcher-nd4j-djl.stamp" set "name=launcher-nd4j-djl"
:named
if not defined cluster goto here
echo trimaran: --cluster needs a class path that is longer than this shell can take; build the jar for spark-submit instead, see docs/guide/scaling.md 1>&2
exit /b 2
:here
set "leaf=examples"
set "engines="
set "parts='core','vision','onnx','backend-cpu','examples'"
set "modules=%root%\core\target\classes;%root%\vision\target\classes;%root%\onnx\target\classes;%root%\backend-cpu\target\classes;%root%\examples\target\classes"
if not "%name:nd4j=%"=="%name%" set "engines=-Dengine.nd4j" & set "parts=%parts%,'backend-nd4j'" & set "modules=%modules%;%root%\backend-nd4j\target\classes"
if not "%name:djl=%"=="%name%" set "engines=%engines% -Dengine.djl" & set "parts=%parts%,'backend-djl'" & set "modules=%modules%;%root%\backend-djl\target\classes"
if "%command%"=="benchmark" if not defined help set "leaf=benchmarks" & set "name=launcher-benchmark" & set "parts=%parts%,'benchmarks'" & set "modules=%modules%;%root%\benchmarks\target\classes"
set "jarfile=%root%\%leaf%\target\%name%.classpath"

rem Whether what is built is newer than everything it was built from.
set "stale=yes"
if exist "%target%\%name%.stamp" if exist "%jarfile%" for /f %%s in ('powershell -NoProfile -Command "$t=(Get-Item '%target%\%name%.stamp').LastWriteTime; $d=%parts% | ForEach-Object { Join-Path '%root%' $_ }; if (Get-ChildItem (@((Join-Path '%root%' 'pom.xml'), (Join-Path '%root%' 'bom\pom.xml')) + ($d | ForEach-Object { Join-Path $_ 'src\main'; Join-Path $_ 'pom.xml' })) -Recurse -ErrorAction SilentlyContinue | Where-Object { $_.LastWriteTime -gt $t } | Select-Object -First 1) { 'yes' } else { 'no' }"') do set "stale=%%s"
if "%stale%"=="no" goto run

where mvn >nul 2>nul
if errorlevel 1 (
  echo trimaran: mvn not found; install Apache Maven 3.8 or newer, it builds the program 1>&2
  exit /b 2
)
echo trimaran: building; the first time, Maven also downloads what it needs 1>&2
if not "%engines%"=="" echo trimaran: the first use of an engine fetches it: ND4J about 130 MB, DJL with PyTorch about 110 MB 1>&2
if not exist "%target%" mkdir "%target%"
pushd "%root%"
call mvn -q -B -Dlight -Dlauncher.classpath=%name%.classpath %engines% -pl %leaf% -am process-classes 1>&2
set "built=%errorlevel%"
popd
if not "%built%"=="0" (
  echo trimaran: the build failed, see above 1>&2
  exit /b 1
)
type nul >"%target%\%name%.stamp"

:run
for /f "usebackq delims=" %%c in ("%jarfile%") do set "jars=%%c"
set "flags=-XX:+UseParallelGC -XX:MaxRAMPercentage=60 -XX:InitialRAMPercentage=1 -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
"%java%" --list-modules | findstr /b /c:"jdk.incubator.vector" >nul && set "flags=%flags% --add-modules jdk.incubator.vector"
if %version% GEQ 22 set "flags=%flags% --enable-native-access=ALL-UNNAMED"
if %version% GEQ 23 set "flags=%flags% --sun-misc-unsafe-memory-access=allow"
"%java%" %flags% -Dtrimaran.launcher=true %TRIMARAN_JAVA_OPTS% -cp "%modules%;%jars%" io.github.trimaran.examples.cli.Main %*
exit /b %errorlevel%

:word
set "word=%~1"
if "%previous%"=="--backend" set "backend=%word%"
if "%word%"=="--cluster" set "cluster=yes"
if "%word%"=="-h" set "help=yes"
if "%word%"=="--help" set "help=yes"
if not defined command if not "%word:~0,1%"=="-" set "command=%word%"
set "previous=%word%"
exit /b 0
