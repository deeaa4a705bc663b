// A stage for a declarative pipeline. An agent with Python and casemill; the keys of the AI under test in its environment.
stage('casemill gate') {
    environment {
        CASEMILL_TARGET = 'bot'
        CASEMILL_SUITE = 'evals'
    }
    steps {
        sh '''
            mkdir -p casemill-report
            rm -f casemill-report/run.jsonl
            # 3: every call failed. The run file says so, and the gate then says that it cannot tell.
            casemill run --target "$CASEMILL_TARGET" --out casemill-report/run.jsonl || [ $? -eq 3 ]
        '''
        script {
            int code = sh(returnStatus: true, script: '''
                casemill gate casemill-report/run.jsonl --suite "$CASEMILL_SUITE" --report text \
                    --report junit=casemill-report/gate.xml --report html=casemill-report/gate.html
            ''')
            if (code == 1) { error('casemill: the gate is shut') }
            if (code == 3) { unstable('casemill: nobody can tell') }
            if (code == 2) { error('casemill: a file or a setting is wrong') }
        }
    }
    post {
        always {
            junit testResults: 'casemill-report/gate.xml', allowEmptyResults: true, skipMarkingBuildUnstable: true
            archiveArtifacts artifacts: 'casemill-report/**', allowEmptyArchive: true
        }
    }
}
